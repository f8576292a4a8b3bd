"""The outside world of registers: .xlsx files, read with care and written without anything that runs."""
