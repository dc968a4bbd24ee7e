"""With the person's recorded consent an officer asks a crisis centre to help; withdrawal ends it at once."""
