"""The main job end to end on the real plan, with real programs, printed step by step: `coso demo --headless`."""
