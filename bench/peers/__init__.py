"""Today's tools and ourselves on one contract, one faithful server and the same faults."""
