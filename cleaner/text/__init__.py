"""Pure helpers on text: dates, names, agencies, language. No state, no input or output."""
