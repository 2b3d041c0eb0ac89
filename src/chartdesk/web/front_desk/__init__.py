"""The front desk: calendar, booking, patients, coverages, check-in."""
