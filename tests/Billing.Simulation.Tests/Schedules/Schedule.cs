using System.Globalization;

namespace Billing.Simulation.Tests.Schedules;

/// <summary>All that a simulation does, made from one seed.</summary>
internal sealed record Schedule
{
    public required int Seed { get; init; }

    public required LedgerKind Ledger { get; init; }

    public required RecordIdentity Identity { get; init; }

    /// <summary>Whether a rule refuses negative amounts.</summary>
    public required bool NegativesAreRefused { get; init; }

    /// <summary>Whether rates are fetched before each run.</summary>
    public required bool RatesAreFetched { get; init; }

    /// <summary>Whether a second store follows the ledger.</summary>
    public required bool HasFollower { get; init; }

    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>One line for the settings, and one for each step.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {Seed}: {Ledger}, identity {Identity}{(NegativesAreRefused ? ", negative amounts refused" : "")}{(RatesAreFetched ? ", rates fetched" : "")}{(HasFollower ? ", with a follower" : "")}{string.Concat(Steps.Select((step, i) => $"\n  {i + 1}. {step}"))}");
}
