"""The boxes: identity, enrolment, keys, heartbeat, faults. Boxes, not bulletins."""
