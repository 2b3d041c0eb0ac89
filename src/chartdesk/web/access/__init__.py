"""Pages about programs: allowing one, taking that back, opening one from a chart, registering one."""
