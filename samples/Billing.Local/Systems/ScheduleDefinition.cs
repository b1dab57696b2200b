namespace Billing.Local.Systems;

/// <summary>A schedule. Here it runs only when it is triggered by hand.</summary>
internal sealed record ScheduleDefinition(string Name, string Function, string When);
