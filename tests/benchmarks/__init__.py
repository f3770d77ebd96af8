"""Tests of the benches that start other tools."""
