namespace Billing.Sinks.Dynamo.Alerts;

/// <summary>Where the alerts of a record stand: in which item, under which names, and in which index while one of them is unsent.</summary>
/// <param name="Table">The table.</param>
/// <param name="Key">The name of its hash key.</param>
/// <param name="KeyPrefix">What stands before the record's key in it.</param>
/// <param name="Index">The index; an item that lacks its keys is not in it.</param>
/// <param name="Hash">The name of the index's hash key.</param>
/// <param name="Unsent">The value of that key.</param>
/// <param name="Range">The name of the index's range key: when the first alert of the item is due.</param>
/// <param name="Alerts">The name of the attribute with the alerts.</param>
internal sealed record AlertPlace(string Table, string Key, string KeyPrefix, string Index, string Hash, string Unsent, string Range, string Alerts);
