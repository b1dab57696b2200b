namespace Billing.Simulation.Tests.Schedules;

/// <summary>Ingests a source.</summary>
internal sealed record IngestStep(ScheduledDelivery ScheduledDelivery, int BatchSize, Arrival Arrival, bool Reread, bool RatesFail, Fault? Fault) : Step
{
    public override Step? WithoutFaults() =>
        Fault is null && !RatesFail && Arrival.Kind == ArrivalKind.Whole ? null : this with { Fault = null, RatesFail = false, Arrival = Arrival with { Kind = ArrivalKind.Whole } };

    public override string ToString() =>
        $"ingest {ScheduledDelivery}, {BatchSize} rows at once{Arrival}{(Reread ? ", reread" : "")}{(RatesFail ? "; the rates cannot be fetched" : "")}{(Fault is null ? "" : "; " + Fault)}";
}
