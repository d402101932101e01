"""Published dates: adjustments, end-of-month rolls, months added, schedules.

Which convention each source uses, and how it is asked here:

``business_day_adjustment``, ``strata_schedule_generation``, ``eom_roll`` (OpenGamma Strata)
    Weekends are Saturday and Sunday, with the holidays of the case; JPTO is Tokyo. A missing stub
    convention is ``stub=None``, ``STUB_NONE`` is ``Stub.NONE``, ``RollConventions.NONE`` is no roll. EOM
    takes hold only from an end of a month. ``start_adjustment`` BDA_NONE is a start given as adjusted.
``quantlib_advance``, ``quantlib_eom_schedules``
    EOM takes hold from the last *business* day of a month. A period of days moves by business days, which
    here is ``HolidayCalendar.add_business_days``. A backward schedule is ``Stub.SHORT_INITIAL``, a
    forward one ``Stub.SHORT_FINAL``; the termination convention is ``end_convention``.
``month_arithmetic`` (spreadsheets)
    EDATE is ``add_months``: clamped, and without memory of the day it came from when chained.
``actus_eom_bdc`` (ACTUS PAM)
    Monday to Friday; the cycle ``P1ML0`` has a long last period, ``Stub.LONG_FINAL``; EOMC EOM is
    ``EndOfMonth``, SD is no roll. CS… accrues to the unadjusted date, SC… to the adjusted one; NOS
    adjusts nothing. Interest is 30E/360 on the notional. Read from the collection only.
"""
