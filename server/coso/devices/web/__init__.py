"""Staff pages of devices: one box, its faults, its enrolment and its end."""
