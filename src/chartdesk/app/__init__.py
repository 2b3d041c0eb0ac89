"""Where the rooms become one program: settings, wiring, the command line, the servers and the workers."""
