"""The loudspeaker: keeps its promise when the line is down."""

SOFTWARE = "coso-agent 0.1.0"
