"""Two foreign contracts without any extension, a faithful server for each, and servers with one fault each."""
