using System.Text;
using Billing.Aws.Events;

namespace Billing.Aws;

/// <summary>
/// What happened to objects: the notification of a bucket as it is, in a message of SQS, in an envelope of SNS (in SQS, or as an event of its own),
/// or as an event of EventBridge.
/// </summary>
public sealed class S3Event
{
    /// <summary>The objects, in the order of the event; empty for a test event.</summary>
    public required IReadOnlyList<S3EventRecord> Records { get; init; }

    /// <summary>Whether it is <c>s3:TestEvent</c>, which a bucket sends once when its notification is set up.</summary>
    public bool IsTest { get; init; }

    /// <summary>Reads the event; a byte order mark is passed over, unknown members are ignored.</summary>
    /// <exception cref="SourceFormatException">It is no event of a bucket.</exception>
    public static S3Event Parse(ReadOnlySpan<byte> json) => S3EventReader.Read(json);

    /// <summary>Reads the event in the body of a message.</summary>
    /// <exception cref="SourceFormatException">It is no event of a bucket.</exception>
    public static S3Event Parse(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return S3EventReader.Read(Encoding.UTF8.GetBytes(body));
    }
}
