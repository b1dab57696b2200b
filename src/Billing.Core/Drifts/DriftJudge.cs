namespace Billing.Drifts;

/// <summary>Compares a run with earlier ones.</summary>
internal static class DriftJudge
{
    /// <summary>Returns what differs, columns first.</summary>
    /// <param name="now">The run.</param>
    /// <param name="earlier">Earlier runs, newest first; at least one. Columns and values are compared with the newest, figures with all of them.</param>
    /// <param name="hasScope">Whether all are of one account.</param>
    public static IReadOnlyList<DriftFinding> Judge(RunProfile now, IReadOnlyList<RunProfile> earlier, bool hasScope) =>
    [
        .. HeaderDrift.Find(now, earlier[0]),
        .. ValueDrift.Find(now, earlier, hasScope),
        .. DateDrift.Find(now, earlier),
        .. FigureDrift.Find(now, earlier, hasScope),
        .. ShareDrift.Find(now, earlier, hasScope),
    ];
}
