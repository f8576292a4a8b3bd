"""What stands where: stations, speaker clusters, and which villages they serve."""
