namespace Billing.Local;

/// <summary>An object that was put.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">The key, as it is.</param>
/// <param name="Size">The number of bytes.</param>
/// <param name="ETag">The entity tag.</param>
/// <param name="Sequencer">Orders the uploads of one key, by its text.</param>
/// <param name="Time">When, in UTC.</param>
public sealed record StoredObject(string Bucket, string Key, long Size, string ETag, string Sequencer, DateTimeOffset Time);
