"""Published plans: re-ages, re-amortisations and reschedulings, and what was capitalised or waived."""
