"""An officer proposes a special visit to the National Preventive Mechanism; its group takes it up or not."""
