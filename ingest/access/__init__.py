"""Who may do what on a ClickHouse server: plan the statements, run them, and compare the server with them."""
