namespace Billing.Local.Systems;

/// <summary>A schedule: here it fires when it is told to.</summary>
internal sealed record ScheduleDefinition(string Name, string Function, string When);
