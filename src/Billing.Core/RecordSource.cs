namespace Billing;

/// <summary>Where a record came from.</summary>
/// <param name="Name">The name of the source: a file name, an S3 address, a message id.</param>
/// <param name="Line">The line that the record starts on, from 1; 0 if the source has no lines.</param>
/// <param name="ByteOffset">The offset of the record's first byte, from 0, in the UTF-8 form of the decompressed source.</param>
public readonly record struct RecordSource(string Name, long Line, long ByteOffset)
{
    /// <summary>Returns the name and the line, such as <c>june.csv:17</c>.</summary>
    public override string ToString() => $"{Name}:{Line}";
}
