namespace Billing.Simulation.Tests.Schedules;

/// <summary>What a row says that can be a record, as the generator knows it without reading it.</summary>
internal sealed record Entry(string Id, DateOnly Date, string Party, decimal Amount, string Currency, string Note);
