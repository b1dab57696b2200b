using System.Text;
using Billing.Aws.Events;

namespace Billing.Aws;

/// <summary>
/// An event about objects of a bucket: a bucket notification directly, in a message of SQS, or in an envelope of SNS (in SQS, or as its own event),
/// or an event of EventBridge.
/// </summary>
public sealed class S3Event
{
    /// <summary>The objects, in the order of the event; empty for a test event.</summary>
    public required IReadOnlyList<S3EventRecord> Records { get; init; }

    /// <summary>Whether this is an <c>s3:TestEvent</c>, which a bucket sends once when its notification is set up.</summary>
    public bool IsTest { get; init; }

    /// <summary>Reads the event. Skips a byte order mark and ignores unknown members.</summary>
    /// <exception cref="SourceFormatException">The JSON is not an event of a bucket.</exception>
    public static S3Event Parse(ReadOnlySpan<byte> json) => S3EventReader.Read(json);

    /// <summary>Reads the event in the body of a message.</summary>
    /// <exception cref="SourceFormatException">The JSON is not an event of a bucket.</exception>
    public static S3Event Parse(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return S3EventReader.Read(Encoding.UTF8.GetBytes(body));
    }
}
