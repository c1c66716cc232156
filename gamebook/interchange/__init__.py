"""Tables in and out: parameters and results as CSV and .xlsx, in English and Chinese."""
