namespace Billing.Storage;

/// <summary>Reads a position from the bytes of a token.</summary>
internal delegate TPosition PositionReader<TPosition>(ReadOnlySpan<byte> bytes);
