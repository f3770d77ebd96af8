"""Contract and conformance testing from an OpenAPI document."""
