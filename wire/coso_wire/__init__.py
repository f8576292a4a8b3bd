"""The wire between server and device: messages, signing, versions."""
