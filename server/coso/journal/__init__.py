"""The append-only record of what people did, and the bus that carries events upward."""
