"""One module a command of `onepermit`; web/cli.py names them."""
