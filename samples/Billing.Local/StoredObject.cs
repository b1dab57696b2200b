namespace Billing.Local;

/// <summary>An object that was uploaded.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">The key, unencoded.</param>
/// <param name="Size">The number of bytes.</param>
/// <param name="ETag">The entity tag.</param>
/// <param name="Sequencer">A text whose order is the order of the uploads of one key.</param>
/// <param name="Time">The time, in UTC.</param>
public sealed record StoredObject(string Bucket, string Key, long Size, string ETag, string Sequencer, DateTimeOffset Time);
