"""The commands of `cleaner`: their options and their help. What they do stands in the modules of `cleaner.cli`."""
