using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Connections.Native.Rpc.Serialization;

/// <summary>What JSON needs to know of types: what the user's context says, and simple types by themselves.</summary>
internal static class JsonTypes
{
    private static readonly JsonSerializerOptions Plain = new() { TypeInfoResolver = JsonTypeInfoResolver.Combine() };

    private static readonly Dictionary<Type, Func<JsonSerializerOptions, JsonTypeInfo>> Simple = new()
    {
        [typeof(bool)] = static options => JsonMetadataServices.CreateValueInfo<bool>(options, JsonMetadataServices.BooleanConverter),
        [typeof(byte)] = static options => JsonMetadataServices.CreateValueInfo<byte>(options, JsonMetadataServices.ByteConverter),
        [typeof(short)] = static options => JsonMetadataServices.CreateValueInfo<short>(options, JsonMetadataServices.Int16Converter),
        [typeof(ushort)] = static options => JsonMetadataServices.CreateValueInfo<ushort>(options, JsonMetadataServices.UInt16Converter),
        [typeof(int)] = static options => JsonMetadataServices.CreateValueInfo<int>(options, JsonMetadataServices.Int32Converter),
        [typeof(uint)] = static options => JsonMetadataServices.CreateValueInfo<uint>(options, JsonMetadataServices.UInt32Converter),
        [typeof(long)] = static options => JsonMetadataServices.CreateValueInfo<long>(options, JsonMetadataServices.Int64Converter),
        [typeof(ulong)] = static options => JsonMetadataServices.CreateValueInfo<ulong>(options, JsonMetadataServices.UInt64Converter),
        [typeof(float)] = static options => JsonMetadataServices.CreateValueInfo<float>(options, JsonMetadataServices.SingleConverter),
        [typeof(double)] = static options => JsonMetadataServices.CreateValueInfo<double>(options, JsonMetadataServices.DoubleConverter),
        [typeof(decimal)] = static options => JsonMetadataServices.CreateValueInfo<decimal>(options, JsonMetadataServices.DecimalConverter),
        [typeof(string)] = static options => JsonMetadataServices.CreateValueInfo<string>(options, JsonMetadataServices.StringConverter),
        [typeof(Guid)] = static options => JsonMetadataServices.CreateValueInfo<Guid>(options, JsonMetadataServices.GuidConverter),
        [typeof(DateTime)] = static options => JsonMetadataServices.CreateValueInfo<DateTime>(options, JsonMetadataServices.DateTimeConverter),
        [typeof(DateTimeOffset)] = static options => JsonMetadataServices.CreateValueInfo<DateTimeOffset>(options, JsonMetadataServices.DateTimeOffsetConverter),
        [typeof(TimeSpan)] = static options => JsonMetadataServices.CreateValueInfo<TimeSpan>(options, JsonMetadataServices.TimeSpanConverter),
        [typeof(byte[])] = static options => JsonMetadataServices.CreateValueInfo<byte[]>(options, JsonMetadataServices.ByteArrayConverter),
        [typeof(ReadOnlyMemory<byte>)] =
            static options => JsonMetadataServices.CreateValueInfo<ReadOnlyMemory<byte>>(options, JsonMetadataServices.ReadOnlyMemoryByteConverter),
    };

    /// <summary>What is known of a type.</summary>
    /// <exception cref="NotSupportedException">The context does not know it, and it is not simple.</exception>
    public static JsonTypeInfo<T> Of<T>(JsonSerializerContext? context)
    {
        if (Cache<T>.Last is { } last && ReferenceEquals(last.Context, context))
        {
            return last.Info;
        }

        var info = context?.GetTypeInfo(typeof(T))
            ?? (Simple.TryGetValue(typeof(T), out var make)
                ? make(context?.Options ?? Plain)
                : throw new NotSupportedException(
                    $"{context?.GetType().Name ?? "The service, which has no JSON context,"} does not know {typeof(T)}: mark the service's JsonContext [JsonSerializable(typeof({typeof(T).Name}))]."));
        var typed = (JsonTypeInfo<T>)info;
        Cache<T>.Last = new Known<T>(context, typed);
        return typed;
    }

    private sealed record Known<T>(JsonSerializerContext? Context, JsonTypeInfo<T> Info);

    private static class Cache<T>
    {
        public static volatile Known<T>? Last;
    }
}
