"""In: the options of a command. Out: its exit status; each command is loaded when it is called."""
