"""The loudspeaker: keeps its promise when the line is down."""
