using System.Buffers.Binary;

namespace Billing.Fingerprints;

/// <summary>Loads the blocks of several messages word by word.</summary>
internal static class BlockWords
{
    /// <param name="words">Receives the first word of each block, then the second of each, and so on.</param>
    public static void Load(ReadOnlySpan<byte> messages, ReadOnlySpan<int> positions, Span<uint> words)
    {
        for (int lane = 0; lane < positions.Length; lane++)
        {
            ReadOnlySpan<byte> block = messages.Slice(positions[lane], Sha256Lanes.BlockBytes);
            for (int word = lane; word < words.Length; word += positions.Length)
            {
                words[word] = BinaryPrimitives.ReadUInt32BigEndian(block);
                block = block[sizeof(uint)..];
            }
        }
    }
}
