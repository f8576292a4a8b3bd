"""The staff's shell: today, search, and pages that join several apps."""
