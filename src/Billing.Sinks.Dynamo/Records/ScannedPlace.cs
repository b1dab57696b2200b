namespace Billing.Sinks.Dynamo.Records;

/// <summary>The position of a record in the order of records, and the key of its item, as <see cref="ItemKeys.Pack"/> gives it.</summary>
internal readonly record struct ScannedPlace(RecordPosition Position, string ItemKey);
