"""Cases of torture and ill-treatment under the law of their day."""
