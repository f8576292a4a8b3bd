"""Cơ Sở: the grassroots information system of a Vietnamese province."""
