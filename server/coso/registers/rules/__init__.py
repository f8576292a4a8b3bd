"""What is true of registers in and out without a database: cells, columns, the life of an import."""
