namespace Billing.Console;

/// <summary>What the command tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>All rows were stored or were there already.</summary>
    public const int Success = 0;

    /// <summary>Something failed; what was stored stays stored, and running again is safe.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage, or a layout, rates or rules file that is wrong; nothing was read.</summary>
    public const int Usage = 2;

    /// <summary>Completed, and rows are in quarantine that are not pending.</summary>
    public const int Quarantined = 3;

    /// <summary>Completed, and stores differ or a ledger is not what it says.</summary>
    public const int Differences = 3;

    /// <summary>Ended by Ctrl+C, as shells count it: 128 and the number of the signal.</summary>
    public const int Cancelled = 130;
}
