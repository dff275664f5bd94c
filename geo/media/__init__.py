"""Media of the evidence: players of other machines, and the files that this one holds."""
