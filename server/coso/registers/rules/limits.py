"""How large a file may be; each is a guard of memory and time, none is a rule of an office."""

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 50_000
