"""On air: slots, manifests, alerts, deliveries, play log, reach."""
