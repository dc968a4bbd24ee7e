"""A whole object of the channel becomes an appeal, its attachment, or a cover's leaf; answers go back."""
