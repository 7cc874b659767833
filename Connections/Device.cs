namespace Connections;

/// <summary>x</summary>
public sealed class Device
{
}
