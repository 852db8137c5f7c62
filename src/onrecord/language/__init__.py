"""Reading the form of a text: quotation marks, and helpers over a parse."""
