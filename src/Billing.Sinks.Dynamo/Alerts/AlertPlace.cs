namespace Billing.Sinks.Dynamo.Alerts;

/// <summary>Where the alerts of a record are stored: in which item, under which names, and in which index while one of them is unsent.</summary>
/// <param name="Table">The table.</param>
/// <param name="Key">The name of its hash key.</param>
/// <param name="KeyPrefix">The prefix before the record's key in the hash key.</param>
/// <param name="Index">The index. An item without the keys of the index is not in it.</param>
/// <param name="Hash">The name of the hash key of the index.</param>
/// <param name="Unsent">The value of that hash key.</param>
/// <param name="Range">The name of the range key of the index: when the first alert of the item is due.</param>
/// <param name="Alerts">The name of the attribute with the alerts.</param>
internal sealed record AlertPlace(string Table, string Key, string KeyPrefix, string Index, string Hash, string Unsent, string Range, string Alerts);
